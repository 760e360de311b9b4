/** A setting that cannot be used, and which one it is. */
export class SettingProblem extends Error {
  override readonly name = "SettingProblem";
}
