"""Whether, within so many days: probabilities of at least one event of a class in a dyad, each a sum over dated past acts."""
