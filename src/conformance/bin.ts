import { leave } from "../process/leave.ts";
import { main } from "./main.ts";

leave(await main());
