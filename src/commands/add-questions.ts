import type { Ask } from '../io/prompt.ts'
import type { Day } from '../language/day.ts'
import { isDay } from '../language/day.ts'
import { policies } from '../language/policy.ts'
import type { Requirable } from '../language/settings.ts'

/** What a new override needs from whoever writes it. */
export interface Answers {
  readonly destinations: readonly string[]
  readonly policy?: string
  readonly justification?: string
  readonly problem?: string
  readonly owner?: string
  readonly ticket?: string
  readonly contacted?: readonly string[]
  readonly emergency?: boolean
}

/** What is still missing, as the command line calls it. */
export function missingOptions(answers: Answers, require: readonly Requirable[]): string[] {
  return missingFields(answers, require).map(field =>
    field === 'destinations' ? 'a destination' : `--${field}`,
  )
}

const questions = {
  destinations: 'Destinations (next-hops, with blanks between them): ',
  policy: `Policy (${policies.join(', ')}): `,
  justification: 'Why? What is broken, how you know, who was told: ',
  problem: 'What must be gone before it can go (such as tlsa-mismatch, or other): ',
  owner: 'Who hears of the review (an address or a @login): ',
  ticket: 'Ticket: ',
  contacted: 'Who was told today: ',
} as const satisfies Record<Field, string>

type Field = Exclude<keyof Answers, 'emergency'>

/** Asks until nothing is missing. */
export async function askForMissing(
  ask: Ask,
  given: Answers,
  require: readonly Requirable[],
): Promise<Answers> {
  let answers = given
  for (const field of missingFields(given, require)) {
    let answer = ''
    while (!isAnswer(field, answer)) answer = await ask(questions[field])
    const isList = field === 'destinations' || field === 'contacted'
    answers = { ...answers, [field]: isList ? answer.split(/[\s,]+/) : answer }
  }
  return answers
}

/** Asks for the review date, with one to take as it is. */
export async function askForReviewDate(ask: Ask, proposed: Day): Promise<Day> {
  let day = ''
  while (!isDay(day)) day = (await ask(`Review date [${proposed}]: `)) || proposed
  return day
}

function isAnswer(field: Field, answer: string): boolean {
  return field === 'policy' ? policies.some(policy => policy === answer) : answer !== ''
}

function missingFields(answers: Answers, require: readonly Requirable[]): readonly Field[] {
  const needed = ['destinations', 'policy', 'justification'] as const
  const all: readonly Field[] = answers.emergency ? needed : [...needed, ...require]
  return all.filter(field => (answers[field]?.length ?? 0) === 0)
}
