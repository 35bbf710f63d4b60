/** A deck cannot be shown on the shell, through no fault of its own: Slidev's development server can do more. */
export class NoShell extends Error {}
