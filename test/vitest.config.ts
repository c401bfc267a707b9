import { defineConfig } from 'vitest/config'
import { closingLine } from './closing-line.ts'

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['**/*.test.ts'],
    testTimeout: 20_000,
    // Much of the time is other programs': by default one of two cores would stay idle.
    maxWorkers: '100%',
    reporters: ['default', closingLine],
  },
})
