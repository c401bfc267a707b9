/** The tool could not work; the message says what to do. */
export class Failure extends Error {}
