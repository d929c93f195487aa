"""Words for what can be done from outside: by keys, knobs and pads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from engine.control.commands import Action
from engine.control.settings import MidiBinding
from engine.control.targets import BLEND, CUE, STYLE
from engine.model_store.styles import StyleEntry
from gui.text.catalog_strings import in_users_language


def action_names() -> Mapping[Action, str]:
    """Every action's name."""
    translate = QCoreApplication.translate
    return {
        Action.PANIC: translate("control", "Panic"),
        Action.RELEASE: translate("control", "Release"),
        Action.TOGGLE_PANIC: translate("control", "Panic or release"),
        Action.LIVE: translate("control", "Go live"),
        Action.STOP: translate("control", "Stop"),
        Action.TOGGLE_LIVE: translate("control", "Go live or stop"),
        Action.NEXT_STYLE: translate("control", "Next style"),
        Action.PREVIOUS_STYLE: translate("control", "Previous style"),
        Action.NEXT_CUE: translate("control", "Next cue"),
        Action.PREVIOUS_CUE: translate("control", "Previous cue"),
        Action.SNAPSHOT: translate("control", "Save a snapshot"),
        Action.RECORD: translate("control", "Record"),
        Action.STOP_RECORDING: translate("control", "Stop recording"),
        Action.TOGGLE_RECORDING: translate("control", "Start or stop recording"),
    }


def slider_names() -> Mapping[str, str]:
    """The sliders' names, by target."""
    translate = QCoreApplication.translate
    return {
        "strength": translate("control", "Strength"),
        "structure": translate("control", "Structure"),
        "noise_consistency": translate("control", "Noise consistency"),
        "flicker_reduction": translate("control", "Flicker reduction"),
        "steps": translate("control", "Steps"),
        BLEND: translate("control", "Weight of the blend"),
    }


def target_names(styles: Sequence[StyleEntry], cues: Sequence[str]) -> Mapping[str, str]:
    """Everything that a knob or a pad can be bound to, by target."""
    translate = QCoreApplication.translate
    actions = {action.value: name for action, name in action_names().items()}
    style, cue = translate("control", "Style: {0}"), translate("control", "Cue {0}: {1}")
    return {
        **slider_names(),
        **actions,
        **{
            f"{STYLE}{entry.name}": style.format(in_users_language(entry.title)) for entry in styles
        },
        **{f"{CUE}{number}": cue.format(number, name) for number, name in enumerate(cues, 1)},
    }


def binding_text(binding: MidiBinding) -> str:
    """Which knob or pad it is; channels as people count them, from 1."""
    translate = QCoreApplication.translate
    template = (
        translate("control", "Note {0}, channel {1}")
        if binding.note
        else translate("control", "Controller {0}, channel {1}")
    )
    return template.format(binding.number, binding.channel + 1)
