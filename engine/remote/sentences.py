"""What can go wrong with an engine on another computer: one sentence each, with its remedy."""

from __future__ import annotations

from engine.errors import ElsewhereError, SettingError, TranslatableValue
from engine.files.names import shown
from engine.remote.address import EngineAddress


def unreachable(address: EngineAddress) -> ElsewhereError:
    """Nobody answers there."""
    return ElsewhereError(
        "No engine answers at {address}.",
        "Check the address, that `python main.py serve` runs there, and that its firewall lets "
        "this computer in.",
        address=address,
    )


def unknown_host(address: EngineAddress) -> ElsewhereError:
    """The name leads nowhere."""
    return ElsewhereError(
        "There is no computer named {host}.",
        "Check the name, or use the address in digits that the other computer shows.",
        host=address.host,
    )


def not_an_engine(address: EngineAddress) -> ElsewhereError:
    """Something else answers there."""
    return ElsewhereError(
        "What answers at {address} is not an engine of this program.",
        "Check the address and its port.",
        address=address,
    )


def other_certificate(address: EngineAddress) -> ElsewhereError:
    """Another computer than the paired one answers, or one that was set up anew."""
    return ElsewhereError(
        "The engine at {address} is not the one that was paired: its certificate is another.",
        "If it was set up anew, pair again with the code that it shows; otherwise do not use it.",
        address=address,
    )


def wrong_code(address: EngineAddress) -> SettingError:
    """A code that does not hold, or no longer."""
    return SettingError(
        "The engine at {address} does not accept this code.",
        "Enter the code that it shows now; each is good for one pairing.",
        address=address,
    )


def not_paired(address: EngineAddress) -> ElsewhereError:
    """No token, or one that was taken back."""
    return ElsewhereError(
        "The engine at {address} is not paired with this computer.",
        "Pair with the code that it shows; on the command line: --code CODE.",
        address=address,
    )


def full(address: EngineAddress) -> ElsewhereError:
    """Every place for a stream is taken."""
    return ElsewhereError(
        "The engine at {address} has no place for another stream.",
        "Wait until one ends, or let it take more with the option --streams of its command.",
        address=address,
    )


def refused(address: EngineAddress, status: int, message: str) -> ElsewhereError:
    """Any other answer than the one hoped for; message: the engine's own, which may be empty."""
    return ElsewhereError(
        "The engine at {address} refuses: {reason}",
        "Check that both computers run the same version of this program.",
        address=address,
        reason=shown(message.strip()) or f"HTTP {status}.",
    )


def no_connection(address: EngineAddress) -> ElsewhereError:
    """HTTPS works, WebRTC does not."""
    return ElsewhereError(
        "Pictures cannot be exchanged with {address}.",
        "Let UDP pass between the two computers, in both firewalls.",
        address=address,
    )


def silent(address: EngineAddress) -> ElsewhereError:
    """It was there, and is no more."""
    return ElsewhereError(
        "The engine at {address} has stopped answering.",
        "The stream goes on as soon as it answers again; or compute on this computer.",
        address=address,
    )


def interrupted(address: EngineAddress) -> ElsewhereError:
    """It answers, and sends no pictures."""
    return ElsewhereError(
        "The engine at {address} sends no pictures any more.",
        "The stream goes on as soon as it does again; or compute on this computer.",
        address=address,
    )


def ended(address: EngineAddress, message: str) -> ElsewhereError:
    """It has ended the stream, and says why."""
    return ElsewhereError(
        "The engine at {address} has ended the stream: {reason}",
        "The stream begins again as soon as it can; or compute on this computer.",
        address=address,
        reason=shown(message.strip()) or TranslatableValue("no reason is given."),
    )
