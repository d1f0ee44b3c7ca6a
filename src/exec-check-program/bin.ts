import { leave } from "../program/leave.ts";
import { main } from "./main.ts";

leave(main());
