import assert from "node:assert/strict";
import { test } from "node:test";

import { queryOf, taskOf, USUAL } from "../../static/js/task.js";
import { PLAIN } from "../../static/js/store.js";
import { searchOf, situationOf } from "../../static/js/url.js";

/** @import { Task } from "../../static/js/types.d.ts" */

/** @type {Task[]} */
const TASKS = [
  USUAL,
  { ...USUAL, hide: "order", reveal: false },
  { hide: "data", nodes: ["a", 4, "d + c, 2", "__proto__"], tries: 3, reveal: false, seed: 17, tolerance: 0.05 },
];

for (const task of TASKS) {
  test(`an address gives back the task ${JSON.stringify(task)}`, () => {
    const { situation, ignored } = situationOf(searchOf("x", [], { ...PLAIN, task, panel: "predict" }));
    assert.deepEqual(situation.task, task);
    assert.equal(situation.panel, "predict");
    assert.deepEqual(ignored, []);
  });
}

test("where a task is usual the address says no more than that there is one", () => {
  const said = Object.entries(queryOf(USUAL)).filter(([, value]) => value !== false);
  assert.deepEqual(said, [["predict", "grad"]]);
  assert.deepEqual(queryOf(null), {});
});

for (const broken of ["predict=all", "predict=grad&tries=0", "predict=grad&tries=x", "predict=grad&reveal=1", "predict=grad&vary=-1", "predict=grad&within=1", "predict=grad&ask=%25zz"]) {
  test(`a task that cannot be understood is none: ${broken}`, () => {
    assert.equal(taskOf(new URLSearchParams(broken)), undefined);
    const { situation, ignored } = situationOf(`?${broken}`);
    assert.equal(situation.task, null);
    assert.deepEqual(ignored, ["predict"]);
  });
}

test("without a task there is none", () => assert.equal(taskOf(new URLSearchParams("tries=3")), null));
