import { styleText } from 'node:util'

type Style = 'error' | 'warning' | 'notice' | 'bold' | 'dim' | 'help'

type Format = Parameters<typeof styleText>[0]

const formats = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  notice: ['bold', 'blue'],
  bold: 'bold',
  dim: 'dim',
  help: 'cyan',
} as const satisfies Record<Style, Format>

/**
 * How text is coloured on a stream. `color` is false for --no-color; NO_COLOR (no-color.org) says
 * the same. Neither yields to FORCE_COLOR, which colours a pipe; else only a terminal is coloured.
 */
export function paintFor(
  stream: { readonly isTTY?: boolean },
  env: { readonly NO_COLOR?: string; readonly FORCE_COLOR?: string; readonly TERM?: string },
  color: boolean,
): (style: Style, text: string) => string {
  if (!color || env.NO_COLOR || !wantsColor(stream, env)) return (_style, text) => text
  return (style, text) => styleText(formats[style], text, { validateStream: false })
}

function wantsColor(
  stream: { readonly isTTY?: boolean },
  { FORCE_COLOR, TERM }: { readonly FORCE_COLOR?: string; readonly TERM?: string },
): boolean {
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return stream.isTTY === true && TERM !== 'dumb'
}
