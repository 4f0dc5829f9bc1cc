/** The program that a person's choices are: the panel writes it, and reads its choices back from it. Pure. */

/** @import { Choices, DataName, OptimizerName, Points } from "./types.d.ts" */

/** The sets, each with what it calls the playground's own with: a number of points, and how much they are shaken. */
export const SETS = /** @type {const} */ (["xor", "moons", "circles", "spiral", "blobs", "line", "own"]);
/** Those whose points can be counted and shaken. */
const SCATTERED = new Set(["moons", "circles", "spiral", "blobs", "line"]);
const KINDS_OF_BLOBS = 3;
const PRINTS = 10;

/** @type {Choices} */
export const USUAL = { data: "moons", count: 100, noise: 0.1, own: { inputs: [], targets: [] }, hidden: [6, 6], activation: "", optimizer: "sgd", rate: 0.1, seed: 0, turns: 300 };

/** @param {DataName} data */
export const scattered = (data) => SCATTERED.has(data);

/**
 * The program of some choices.
 * @param {Choices} choices
 */
export function written(choices) {
  const { seed, rate, turns, optimizer } = choices;
  const classes = outputsOf(choices) > 1;
  const loss = lossOf({ net: "net", inputs: "X", targets: "y", entropy: classes ? "surprise" : null });
  const trainer = optimizer === "sgd" ? "net" : "optimizer";
  return [
    `random.seed(${seed})`,
    ...dataLines(choices),
    netLine(choices),
    `lr = ${rate}`,
    ...optimizerLines(optimizer),
    ...(classes ? SURPRISE : []),
    "",
    `for turn in range(${turns}):`,
    `    loss = ${loss}`,
    `    ${trainer}.zero_grad()`,
    "    loss.backward()",
    ...(optimizer === "sgd" ? ["    for p in net.parameters():", "        p.data -= lr * p.grad"] : ["    optimizer.step()"]),
    `    if turn % ${Math.max(1, Math.round(turns / PRINTS))} == 0:`,
    "        print(turn, loss.data)",
    "",
  ].join("\n");
}

/** Cross entropy, written out: unlike the playground's own it takes no number out of the graph, which is the same in each turn. */
const SURPRISE = ["", "def surprise(scores, right):    # cross entropy", "    return log(sum(exp(score) for score in scores)) - scores[right]"];

/**
 * The loss over all points, of one answer each, or of one for each class.
 * @param {{ net: string, inputs: string, targets: string, entropy: string | null }} names the last is what the function for classes is called, if there are any
 */
export const lossOf = ({ net, inputs, targets, entropy }) =>
  entropy ? `sum(${entropy}(${net}(x), k) for x, k in zip(${inputs}, ${targets})) / len(${inputs})` : `mse([${net}(x) for x in ${inputs}], ${targets})`;

/** What the loss for classes is called in a program that begins so. @param {string} beginning */
export const entropyOf = (beginning) => (beginning.includes(SURPRISE[1]) ? "surprise" : "cross_entropy");

/** @param {Choices} choices */
function dataLines({ data, count, noise, own }) {
  if (data === "xor") return ["X, y = xor()"];
  if (data === "line") return [`X = [2 * i / ${count} - 1 for i in range(${count})]`, `y = [0.8 * x + 0.3 + random.gauss(0, ${noise}) for x in X]`];
  if (data === "own") return [`X = ${listed(own.inputs)}`, `y = ${listed(own.targets)}`];
  return [`X, y = ${data}(${count}, ${noise})`];
}

/** @param {Choices} choices */
function netLine(choices) {
  const sizes = [...choices.hidden, outputsOf(choices)].join(", ");
  const bend = choices.activation === "" ? "" : `, activation="${choices.activation}"`;
  return `net = MLP(${inputsOf(choices)}, [${sizes}]${bend}${straight(choices) ? ', last="linear"' : ""})`;
}

/** @param {OptimizerName} optimizer */
function optimizerLines(optimizer) {
  if (optimizer === "momentum") return ["optimizer = SGD(net.parameters(), lr, momentum=0.9)"];
  return optimizer === "adam" ? ["optimizer = Adam(net.parameters(), lr)"] : [];
}

/** How many numbers a point is. @param {Choices} choices */
export const inputsOf = ({ data, own }) => (data === "line" || (data === "own" && typeof own.inputs[0] === "number") ? 1 : 2);

/** How many numbers the net answers with: one, or one for each of three classes or more. @param {Choices} choices */
export function outputsOf({ data, own }) {
  if (data === "blobs") return KINDS_OF_BLOBS;
  return data === "own" ? classesOf(own) : 1;
}

/** How many classes there are: 1 where the targets are not 0, 1, 2 and so on. @param {Points} points */
function classesOf({ inputs, targets }) {
  const kinds = new Set(targets);
  const counted = kinds.size > 2 && kinds.size <= 10 && Array.from(kinds.keys()).every((kind) => Number.isInteger(kind) && kind >= 0 && kind < kinds.size);
  return counted && typeof inputs[0] !== "number" ? kinds.size : 1;
}

/** Whether the last layer may answer any number. @param {Choices} choices */
function straight(choices) {
  const { data, own, activation } = choices;
  const within = data !== "line" && (data !== "own" || own.targets.every((target) => Math.abs(target) <= 1));
  return activation !== "" || inputsOf(choices) === 1 || outputsOf(choices) > 1 || !within;
}

/** @type {(numbers: readonly (number | readonly number[])[]) => string} */
const listed = (numbers) => `[${numbers.map((one) => (typeof one === "number" ? String(one) : listed(one))).join(", ")}]`;

/**
 * The choices that a program was written from; null for one that somebody has written or changed.
 * @param {string} source
 * @returns {Choices | null}
 */
export function choicesOf(source) {
  const found = (/** @type {RegExp} */ pattern) => source.match(pattern) ?? [];
  const [, call, few, shaken] = found(/^X, y = (\w+)\((?:(\d+), ([\d.e+-]+))?\)$/m);
  const [, lineCount] = found(/^X = \[2 \* i \/ (\d+) - 1 /m);
  const [, lineNoise] = found(/random\.gauss\(0, ([\d.e+-]+)\) for x in X\]$/m);
  const own = ownOf(source);
  const [, sizes, activation] = found(/^net = MLP\(\d, \[([\d, ]+)\](?:, activation="(\w+)")?/m);
  const data = lineCount ? "line" : own ? "own" : SETS.find((one) => one === call);
  if (!data || !sizes) return null;
  /** @type {Choices} */
  const choices = {
    data,
    count: Number(few ?? lineCount ?? USUAL.count),
    noise: Number(shaken ?? lineNoise ?? USUAL.noise),
    own: own ?? USUAL.own,
    hidden: sizes.split(", ").slice(0, -1).map(Number),
    activation: activation ?? "",
    optimizer: source.includes("momentum=") ? "momentum" : source.includes("= Adam(") ? "adam" : "sgd",
    rate: Number(found(/^lr = ([\d.e+-]+)$/m)[1]),
    seed: Number(found(/^random\.seed\((\d+)\)$/m)[1]),
    turns: Number(found(/^for turn in range\((\d+)\):$/m)[1]),
  };
  return written(choices).trimEnd() === source.trimEnd() ? choices : null;
}

/**
 * The lists of points that stand in a program.
 * @param {string} source
 * @returns {Points | null}
 */
function ownOf(source) {
  const [inputs, targets] = ["X", "y"].map((name) => source.match(new RegExp(`^${name} = (\\[[-\\d., e+[\\]]*\\])$`, "m"))?.[1]);
  try {
    return inputs && targets ? { inputs: JSON.parse(inputs), targets: JSON.parse(targets) } : null;
  } catch {
    return null;
  }
}
