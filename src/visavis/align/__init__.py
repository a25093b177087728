"""Who stands with whom: measures over events, votes, treaties and trade. One measure is one small pure function."""
