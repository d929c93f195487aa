"""`python -m training.run STAGE`: the stages that make the built-in model, in order."""

from __future__ import annotations

import argparse
import logging

from training import stills, train_autoencoder, train_network


def main() -> None:
    """Run one stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=["stills", "autoencoder", *train_network.STAGES])
    parser.add_argument("--minutes", type=float, default=15.0, help="training time of the stage")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if options.stage == "stills":
        stills.make_shards()
    elif options.stage == "autoencoder":
        train_autoencoder.train(options.minutes)
    else:
        train_network.train(options.stage, options.minutes)


if __name__ == "__main__":
    main()
