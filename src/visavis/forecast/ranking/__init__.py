"""Who and what next: rankings of an actor's likely partners, each score a sum over dated past facts."""
