import assert from "node:assert/strict";
import test from "node:test";

import { PASS, passIn } from "../../static/js/api.js";

test("a pass in the address is shown, as it is", () => {
  assert.deepEqual(passIn("?source=a&pass=eyJuYW1lIjoi_-==.0af9"), { "autograd-pass": "eyJuYW1lIjoi_-==.0af9" });
});

test("what is no pass is not shown, and stops nothing", () => {
  for (const search of ["", "?pass=", "?pass=%E2%98%83", "?pass=a%0D%0Ab:c", `?pass=${"a".repeat(513)}`, "?password=a"]) {
    assert.deepEqual(passIn(search), {});
  }
  assert.deepEqual(PASS, {});
});
