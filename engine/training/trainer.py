"""Who does the turns of loops that train: looks for a recorded turn that repeats, and records those that do not."""

from collections.abc import Mapping

from engine.language.faults import TROUBLE, placed
from engine.language.machine import Machine
from engine.language.pending import is_pending
from engine.language.turns import Body, Part, Step
from engine.language.values import Frame, Thing
from engine.training.builder import Builder
from engine.training.look import Look
from engine.training.reasons import Unfit
from engine.training.region import Region
from engine.training.replayed import Replayed, replayed_root
from engine.training.site import FLIPS, PAUSE, SHARE, SMALL, Site
from engine.training.trace import Trace
from engine.training.turn import Turn
from engine.value import Value


class Trainer:
    """Of one run. What is `deterministic` adds up in the engine's own order, which gives the same to the last bit."""

    def __init__(
        self, machine: Machine, *, deterministic: bool = False, small: int = SMALL, share: int = SHARE
    ) -> None:
        self.machine = machine
        self.share = share  # of the steps of what is replayed, one in so many counts towards the budget
        self.small = small  # nodes of graphs that are not replayed; 0 replays whatever can be
        self.deterministic = deterministic
        self.sites: dict[int, Site] = {}
        self.turns: list[Turn] = []  # those that are under way, innermost last
        self.look: Look | None = None  # at the statement that is run
        self.deep = False  # whether functions are run step by step
        self.watched: dict[int, list[Trace]] = {}  # by the identity of what they have read

    def facts(self) -> list[Mapping[str, int | str | None]]:
        """How each loop that may train has been run."""
        return [site.facts(self.machine.hits[site.body.counter]) for site in self.sites.values()]

    def turn(self, body: Body, frame: Frame) -> Thing:
        """Run one turn."""
        site = self.sites.get(id(body))
        if site is None:
            site = self.sites[id(body)] = Site(body, self.small)
        turn = Turn(site)
        self.turns.append(turn)
        rests, site.rest = site.rest > 0, max(site.rest - 1, 0)
        try:
            result = body.run(frame) if rests else body.traced(frame)
        finally:
            self.turns.pop()
        self._after(site, turn, rests=rests)
        return result

    def _after(self, site: Site, turn: Turn, *, rests: bool) -> None:
        """What is learned from a turn."""
        if turn.around:
            site.give_up("outer")
        elif rests:
            pass
        elif turn.replayed is not None:
            site.anew = False
            site.has(turn.replayed)
            if turn.repeats():
                site.replayed += 1
            else:
                site.anew, site.flips = True, site.flips + 1
                if site.flips > FLIPS + site.replayed:
                    site.give_up("varies")
        elif turn.records:
            self._keep(site, turn)
        else:
            site.rest = PAUSE
        if turn.passes and len(self.turns):
            self.turns[-1].around = True

    def _keep(self, site: Site, turn: Turn) -> None:
        """Keep a turn that was recorded, if it can be replayed."""
        site.anew = False
        try:
            trace = turn.trace(deterministic=self.deterministic)
        except Unfit as unfit:
            site.fails(turn.reason or unfit.reason)
            return
        site.keep(trace)
        for thing in trace.read:
            self.watched.setdefault(id(thing), []).append(trace)

    def part(self, part: Part, frame: Frame) -> Thing:
        """Run some statements of a turn one by one, and skip those that can be."""
        turn, result, place = self.turns[-1], None, 0
        builder: Builder | None = None
        while place < len(part.steps):
            step = part.steps[place]
            region = self._found(turn, step, frame)
            if region is not None:
                result, place, builder = self._skip(turn, region, frame), place + region.length, None
                continue
            if turn.replayed is None and turn.records:
                result, builder = self._look(turn, part, step, frame, builder)
            else:
                result = self._run(step, frame)
            place += 1
        return result

    def _found(self, turn: Turn, step: Step, frame: Frame) -> Region | None:
        """The region that can be skipped from here, if there is one."""
        now, outside = turn.replayed, self.machine.globals
        if now is not None:
            region = turn.next()
            if region is None or region.first is not step or not now.trace.valid:
                return None
            return region if now.goes_on() and region.fits(outside, frame, now.made) else None
        if turn.builders or turn.site.anew:
            return None
        for trace in turn.site.candidates(step, outside, frame):
            if trace.regions[0].fits(outside, frame, ()):
                try:
                    turn.replayed = Replayed(self.machine, trace)
                except Unfit as unfit:
                    trace.valid = False
                    turn.site.fails(unfit.reason)
                    continue
                return trace.regions[0]
        return None

    def _skip(self, turn: Turn, region: Region, frame: Frame) -> Thing:
        """Skip statements: charge for them, count them, and put into the names what they leave there."""
        m, now = self.machine, turn.replayed
        assert now is not None  # noqa: S101 - there is one where a region is found
        try:
            self._spare(region.cost.steps)
            m.meter.skip(region.cost.nodes, region.cost.steps)
        except TROUBLE as error:
            raise placed(error, region.first.node) from None
        for counter, times in region.cost.hits:
            m.hits[counter] += times
        now.enter(region)
        return region.leave(m.globals, frame, now.made)

    def _run(self, step: Step, frame: Frame) -> Thing:
        """Run a statement, step by step if it is a deep one."""
        if step.deep is self.deep:
            return step.traced(frame) if step.deep else step.run(frame)
        self.machine.bodies.swap()
        self.deep = step.deep
        try:
            return step.traced(frame) if step.deep else step.run(frame)
        finally:
            self.machine.bodies.swap()
            self.deep = not step.deep

    def _look(
        self, turn: Turn, part: Part, step: Step, frame: Frame, builder: Builder | None
    ) -> tuple[Thing, Builder | None]:
        """Run a statement, and look at what it does."""
        around, regions = self.look, len(turn.builders)
        look = self.look = Look(self.machine, turn.known, part, frame)
        try:
            result = self._run(step, frame)
        finally:
            look.end(around)
            self.look = around
        if regions < len(turn.builders):  # it has some of its own
            return result, None
        if not look.pure or step.opaque:
            if look.nodes:
                step.deep = True
                turn.reason = turn.reason or "both"
            return result, None
        if not look.nodes and not step.constant:
            return result, None
        builder = builder or Builder(self.machine, turn.known, part, frame, look.before)
        return result, self._add(turn, builder, step, look, result)

    def _add(self, turn: Turn, builder: Builder, step: Step, look: Look, result: Thing) -> Builder | None:
        """Let a statement be skipped with those before it, or alone, or not at all."""
        try:
            builder.add(step, look, result)
        except Unfit as unfit:
            turn.reason = unfit.reason
            if builder.steps:
                alone = Builder(self.machine, turn.known, builder.part, builder.frame, look.before)
                return self._add(turn, alone, step, look, result)
            step.deep = step.deep or not step.constant
            return None
        turn.has(builder)
        return builder

    def changed(self, thing: Thing) -> None:
        """Something is going to be changed: turns that have read it do not repeat any more."""
        if self.look is not None:
            self.look.touched.append(thing)
        for turn in self.turns:
            turn.changed.append(thing)
        for trace in self.watched.pop(id(thing), ()):
            trace.valid = False

    def counts_on(self, value: Value, how: str) -> bool:
        """A leaf's number is taken as a whole one: what follows from it follows as long as the leaf holds it."""
        if self.look is None or is_pending(value) or value.op is not None:
            return False
        self.look.counted.append((value, value.data))
        self.look.how = self.look.how or how
        return True

    def passed(self, root: Value) -> int | None:
        """Do a backward pass, if it is one of a turn that is replayed."""
        if self.turns:
            self.turns[-1].passes.append(root)
        found = replayed_root(root)
        if found is None:
            return None
        now, known = found
        now.passed(known)
        self._spare(known.operations)
        return known.operations

    def _spare(self, steps: int) -> None:
        self.machine.meter.spare(steps - steps // self.share)

    def cleared(self, root: Value) -> int | None:
        """Clear the gradients of all that a root depends on."""
        found = replayed_root(root)
        if found is None:
            return None
        now, known = found
        now.cleared(known)
        return known.nodes

    def let_go(self) -> None:
        """The run is over: what nobody else holds is gone."""
        for site in self.sites.values():
            site.let_go()
        self.sites.clear()
        self.watched.clear()
