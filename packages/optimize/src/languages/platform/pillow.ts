/** Pillow: a picture is decoded when it is first looked at, and every change of it is made on the thread that asks for it. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const worked: MethodSpec = { effect: { kind: "cpu", blocking: true }, returns: { type: "Image" } };

export default library({
  id: "pillow",
  language: "python",
  packages: ["PIL", "PIL.Image"],
  exports: { Image: { value: "Image_" }, open: { value: "Open" }, new: { value: "Open" } },
  types: {
    Open: { call: { returns: { type: "Image" } } },
    Image_: { members: { ...names("open new fromarray frombytes", { returns: { type: "Image" } }) } },
    Image: {
      members: {
        ...names("resize thumbnail convert rotate transpose filter reduce quantize transform save", worked),
        ...names("crop copy", { returns: { type: "Image" } }),
      },
    },
  },
});
