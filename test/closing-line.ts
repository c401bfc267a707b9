import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with one line that any program can read: `1041 passed, 0 failed`. */
export const closingLine: Reporter = {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors) {
    const states = modules.flatMap(module =>
      [...module.children.allTests()].map(test => test.result().state),
    )
    const count = (state: string) => states.filter(found => found === state).length
    const broken = modules.filter(module => module.errors().length > 0).length
    const failed = count('failed') + broken + unhandledErrors.length
    const skipped = count('skipped')
    const rest = skipped > 0 ? `, ${skipped} skipped` : ''
    process.stdout.write(`\n${count('passed')} passed, ${failed} failed${rest}\n`)
  },
}
