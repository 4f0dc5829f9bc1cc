"""Programs that train, made at random: loops, branches, batches, functions, what is kept from turn to turn."""

from hypothesis import strategies as st

from tests.language.programs import Writer


class Trainer(Writer):
    """Writes one program around a loop that trains."""

    def training(self, before: int, inside: int) -> str:
        """So many statements before the loop, and about so many inside."""
        self.input()
        self.input()
        self.moved = list(self.known["value"])
        for _ in range(before):
            self.random.choice([self.assign, self.keep_list, self.function, self.closure, self.keep_number])()
        self.write("kept = []")
        self.loop(inside)
        self.show()
        return "\n".join(self.lines) + "\n"

    def loop(self, inside: int) -> None:
        """The loop, alone, in a function, or in another loop."""
        shape = self.random.choice(["plain", "plain", "plain", "function", "epochs", "while"])
        if shape == "while":
            self.write("k = [0][0]")
            with self.block("while k < 7:", "loop"):
                self.write("k += 1")
                self.turn(inside)
        elif shape == "function":
            with self.block("def run():", "function"):
                with self.block("for k in range(7):", "loop"):
                    self.turn(inside)
                self.write(f"return {self.moved[0]}")
            self.write("run()")
        elif shape == "epochs":
            with self.block("for epoch in range(3):", "loop"), self.block("for k in range(3):", "loop"):
                self.turn(inside)
        else:
            with self.block(f"for k in range({self.random.randint(4, 9)}):", "loop"):
                self.turn(inside)

    def turn(self, inside: int) -> None:
        """One turn: some statements, a loss, a pass, an update, and some more."""
        self.known["number"] += ["k"] if self.chance(0.3) else []
        for _ in range(self.random.randint(0, inside)):
            lists, blocks = [self.keep_list, self.keep_list, self.change_list], [self.go_through, self.branch]
            others = [self.keep_number, self.show, self.unpack, self.augmented, self.leave]
            self.random.choice([self.assign] * 4 + lists + blocks + others)()
        self.write(f"loss = {self.random.choice([self.value, self.folded])(0)} * 1.0")
        self.known["value"].append("loss")
        if self.chance(0.2):
            self.show()
        self.clear()
        self.write(f"{self.random.choice(['loss'] * 6 + self.known['value'])}.backward()")
        if self.chance(0.1):
            self.write("loss.backward()")
        with self.block(f"for leaf in [{', '.join(self.moved)}]:", "loop"):
            self.write("leaf.data -= 0.001 * leaf.grad")
        self.after()

    def clear(self) -> None:
        """The gradients are cleared, in one of the ways."""
        self.write(
            self.random.choice([
                "loss.zero_grad()",
                f"{self.moved[0]}.grad = 0.0",
                f"for leaf in [{', '.join(self.moved)}]: leaf.grad = 0",
                "pass",
            ])
        )  # fmt: skip

    def after(self) -> None:
        """What is done with the loss afterwards."""
        for _ in range(self.random.randint(0, 2)):
            self.write(
                self.random.choice([
                    "kept.append(loss)",
                    "kept.append(loss.data)",
                    "if k % 3 == 0: print(k, loss)",
                    "if len(kept) > 2: print(kept[-2])",
                    "old = loss",
                    "loss.label = 'named'",
                    "if loss.data > 1e6: break",
                    "if k == 3: " + f"{self.moved[0]} = Value(0.5)" * ("function" not in self.around)
                    + "pass" * ("function" in self.around),
                ])
            )  # fmt: skip


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A program that trains."""
    random = draw(st.randoms(use_true_random=False))
    return Trainer(random).training(draw(st.integers(0, 3)), draw(st.integers(0, 5)))
