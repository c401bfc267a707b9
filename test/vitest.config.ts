import { defineConfig } from 'vitest/config'
import { closingLine } from './closing-line.ts'

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['**/*.test.ts'],
    testTimeout: 20_000,
    reporters: ['default', closingLine],
  },
})
