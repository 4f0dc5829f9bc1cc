/** The shapes of the picture while it is looked at. */

import type { Selection } from "d3-selection";
import type { ZoomBehavior, ZoomTransform } from "d3-zoom";

import type { Box, Direction, Scene, Scoping, State } from "../types.d.ts";
import type { createCamera } from "./camera.js";

/** What a change of the state was to the picture: another scene, other numbers in it, or neither. */
export type Change = "scene" | "numbers" | "rest";

export type Follower = (scene: Scene, state: State, change: Change) => void;

/** Writes numbers that changed; live: an input is moving. */
export type Writer = (scene: Scene, live: boolean) => void;

/** What others need to bring the picture to life. */
export interface Picture {
  /** The section, with frame, drawing and caption in it. */
  element: HTMLElement;
  svg: Selection<SVGSVGElement, unknown, null, undefined>;
  /** A layer below everything. */
  ground: Selection<SVGGElement, unknown, null, undefined>;
  camera: ReturnType<typeof createCamera>;
  scene(): Scene | null;
  /** Calls back at once, and after each change of the state. */
  follow(follower: Follower): void;
  /** Says how scopes are drawn; until that is known the server's picture of them stands. */
  scope(scoping: Scoping): void;
  /** Says who writes numbers that changed. */
  write(writer: Writer): void;
}

/** What the picture shows, of which state, and by whom. */
export interface Shown {
  scene: Scene | null;
  state: State | null;
  scoping: Scoping | null;
  write: Writer;
}

export interface View {
  /** Kept, because asking for it makes the browser lay out what was just drawn. */
  size: [number, number];
  /** All of it, where a long picture opens, or what a reader chose. */
  mode: "whole" | "start" | "own";
  boxes: Box[];
  direction: Direction;
}

/** What moves, and what is told. */
export interface Stage {
  /** The drawing's place, which listens. */
  element: HTMLElement;
  frame: Selection<HTMLElement, unknown, null, undefined>;
  behaviour: ZoomBehavior<HTMLElement, unknown>;
  view: View;
  watchers: ((transform: ZoomTransform) => void)[];
}
