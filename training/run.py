"""`python -m training.run STAGE`: the stages that make the built-in model, in order."""

from __future__ import annotations

import argparse
import logging

from training import (
    checkpoints,
    export,
    render,
    report,
    stills,
    train_autoencoder,
    train_characters,
    train_network,
    train_parts,
)

STAGES = (
    "stills", "autoencoder", *train_network.STAGES, "sheet", "figures", "characters",
    "recurrence", "together", "parts", "heads", "people", "export",
)  # fmt: skip


def run(stage: str, minutes: float) -> None:
    """Run one stage by name."""
    trainings = {
        "autoencoder": train_autoencoder.train,
        "characters": train_characters.train,
        "recurrence": train_characters.train_recurrence,
        "together": train_characters.train_together,
        "parts": train_parts.train_and_export,
        "heads": train_characters.train_heads,
        "people": train_characters.train_people,
    }
    if stage in trainings:
        trainings[stage](minutes)
    elif stage == "stills":
        stills.make_shards()
    elif stage == "sheet":
        render.write_clip_sheet(checkpoints.newest_checkpoint())
    elif stage == "figures":
        report.report_figures(checkpoints.newest_checkpoint())
    elif stage == "export":
        export.export(checkpoints.newest_characters())
        render.write_thumbnails()
    else:
        train_network.train(stage, minutes)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--minutes", type=float, default=15.0, help="training time of the stage")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    run(options.stage, options.minutes)


if __name__ == "__main__":
    main()
