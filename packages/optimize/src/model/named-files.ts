/** Names that stand for files. */
export interface NamedFiles {
  /** Names of the library's own: a type each. */
  readonly values: Readonly<Record<string, string>>;
  /** Each file of the folder is a name: a table of this type with what the file adds, or (empty) what the file gives. */
  readonly folders: Readonly<Record<string, string>>;
  /** Below one of the `values`, members that hold what files of a folder give, in the tree in which they lie. */
  readonly trees: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The member of such a file that is the function. */
  readonly leaf: string;
}
