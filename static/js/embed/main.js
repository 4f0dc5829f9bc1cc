/** The way into a frame of somebody else's page: the server's picture is painted before anything of ours runs. */

import { afterPaint } from "../paint.js";

afterPaint(() => import("../main.js"));
