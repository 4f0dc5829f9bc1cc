"""What a run has printed since it was last looked at, line by line."""

from engine.language.machine import Machine


class Printed:
    """How far what is printed has been read; a line that is not ended is left for later."""

    def __init__(self) -> None:
        self._pieces = 0
        self._begun = ""

    def more(self, machine: Machine) -> bool:
        """Whether something was printed since."""
        return len(machine.printed) > self._pieces

    def lines(self, machine: Machine) -> list[str]:
        """The new lines."""
        text = self._begun + "".join(machine.printed[self._pieces :])
        self._pieces = len(machine.printed)
        *lines, self._begun = text.split("\n")
        return [line.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for line in lines]
