"""A network brought into another form in the background, while it already streams as it is.

A form is what a compiler makes of `engine.model.pure.PurePass`. It holds for one number of rows,
and is made when full windows of so many rows are seen; until it is there, and where it cannot be
made, the network itself goes on.
"""

from __future__ import annotations

import logging
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Protocol

from torch import Tensor, nn

from engine.model.pure import CHANGING, PurePass
from engine.model.stream import Recipe
from engine.model.unet import Conditioning, UNet
from engine.model.window import WindowMemory

logger = logging.getLogger(__name__)

NETWORKS_KEPT = 2
"""Networks whose forms stay: as many as there are styles that stay ready."""

SLOTS = CHANGING - 1
"""Which of a pass's inputs names the slots."""

_everyone: weakref.WeakSet[Prepared] = weakref.WeakSet()

Form = Callable[..., Sequence[Tensor]]
"""`PurePass.forward`, worked out in another way."""

Build = Callable[[PurePass, tuple[Tensor, ...]], Form]
"""Makes a form for inputs of these shapes; only read, they belong to a running stream.

It runs on a thread of its own, and may take minutes and raise anything.
"""


class Call(Protocol):
    """Works a frame out by a form: gives the prediction, and stores what the frame adds."""

    def __call__(
        self, network: PurePass, form: Form, inputs: tuple[Tensor, ...], memory: WindowMemory, /
    ) -> Tensor: ...


def call_form(
    network: PurePass, form: Form, inputs: tuple[Tensor, ...], memory: WindowMemory
) -> Tensor:
    """Nothing but that."""
    prediction, *added = form(*inputs)
    network.keep(memory, added, inputs[SLOTS])
    return prediction


class Prepared:
    """Works out streamed frames: a `engine.model.stream.Forward`.

    Holds for the weights that the network has at the beginning; when they are changed, `drop` it.
    """

    def __init__(self, unet: UNet, build: Build, call: Call = call_form) -> None:
        self._unet, self._build, self._call = unet, build, call
        self._network = PurePass(unet)
        self._weights = [weakref.ref(parameter) for parameter in unet.parameters()]
        self._forms: dict[int, Form] = {}
        self._last_rows = 0
        self._useless = False
        self._thread: threading.Thread | None = None
        _everyone.add(self)

    @property
    def current(self) -> bool:
        """Whether the network still has the weights that this was made for."""
        return all(
            seen() is now for seen, now in zip(self._weights, _parameters(self._unet), strict=True)
        )

    @property
    def preparing(self) -> bool:
        """Whether a form is being made."""
        return self._thread is not None and self._thread.is_alive()

    def has_form(self, rows: int) -> bool:
        """Whether frames of so many rows are worked out by a form."""
        return rows in self._forms

    def wait(self, timeout: float | None = None) -> None:
        """Wait until nothing is being made."""
        if self._thread is not None:
            self._thread.join(timeout)

    def drop(self) -> None:
        """Let the network itself go on from here."""
        self._useless = True
        self._forms = {}
        self._call = call_form

    def __call__(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, memory: WindowMemory, /
    ) -> Tensor:
        if self._useless or not memory.settled:
            return self._plain(x, features, conditioning, memory)
        rows, inputs = memory.rows, self._network.inputs(x, features, conditioning, memory)
        again, self._last_rows = rows == self._last_rows, rows
        form = self._forms.get(rows)
        if form is not None:
            return self._call(self._network, form, inputs, memory)
        if again and not self.preparing:  # so many rows are no exception
            self._begin(rows, inputs)
        return self._plain(x, features, conditioning, memory)

    def _plain(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, memory: WindowMemory
    ) -> Tensor:
        prediction: Tensor = self._unet(x, features, conditioning, memory)
        return prediction

    def _begin(self, rows: int, inputs: tuple[Tensor, ...]) -> None:
        self._thread = threading.Thread(
            target=self._make, args=(rows, inputs), name="preparing the network", daemon=True
        )
        self._thread.start()

    def _make(self, rows: int, inputs: tuple[Tensor, ...]) -> None:
        try:
            form = self._build(self._network, inputs)
        except Exception:
            logger.warning("no other form of the network could be made", exc_info=True)
            self._useless = True
        else:
            if not self._useless:  # which it may have become in these minutes
                self._forms = {**self._forms, rows: form}


class Preparer:
    """Gives recipes whose streamed frames are worked out by other forms of their networks.

    make_call: a way to call forms, one for each network.
    """

    def __init__(self, build: Build, make_call: Callable[[], Call] = lambda: call_form) -> None:
        self._build, self._make_call = build, make_call
        self._made: OrderedDict[UNet, Prepared] = OrderedDict()

    def __call__(self, recipe: Recipe) -> Recipe:
        return recipe.worked_by(self._prepared(recipe.unet))

    def _prepared(self, unet: UNet) -> Prepared:
        known = self._made.get(unet)
        if known is not None and not known.current:
            self._keep(0)  # weights are changed in place where there is no room for others
        self._made[unet] = known = self._made.pop(unet, None) or self._new(unet)
        self._keep(NETWORKS_KEPT)
        return known

    def _new(self, unet: UNet) -> Prepared:
        return Prepared(unet, self._build, self._make_call())

    def _keep(self, count: int) -> None:
        """Only so many, the latest ones."""
        while len(self._made) > count:
            self._made.popitem(last=False)[1].drop()


def preparing() -> bool:
    """Whether some network of this program is being brought into another form."""
    return any(prepared.preparing for prepared in list(_everyone))


def _parameters(unet: UNet) -> list[nn.Parameter]:
    return list(unet.parameters())
