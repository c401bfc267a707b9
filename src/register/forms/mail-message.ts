import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Day } from '../../language/day.ts'

/** One message, ready for `sendmail -t`, which adds the sender. */
export interface Message {
  readonly to: string
  /** RFC 5322, with LF. */
  readonly source: string
}

/**
 * Composes a message. Its date and identity come from the day and the text, so that a second run
 * gives the same bytes, and a mailbox sees that it has the message already.
 */
export async function composeMessage(
  to: string,
  day: Day,
  { subject, text }: { readonly subject: string; readonly text: string },
): Promise<Message> {
  const digest = createHash('sha256')
    .update(JSON.stringify([to, day, subject, text]))
    .digest('hex')
  const composer = new MailComposer({
    to: [{ name: '', address: to }],
    subject,
    date: new Date(day),
    messageId: `<${digest.slice(0, 32)}@tlspolicy.invalid>`,
    // RFC 3834: no vacation message comes back.
    headers: { 'Auto-Submitted': 'auto-generated' },
    text,
    textEncoding: 'quoted-printable',
    newline: 'unix',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const bytes = await composer.compile().build()
  return { to, source: bytes.toString() }
}

/**
 * Messages as an mbox (RFC 4155): each begins with a line `From `, ends with an empty one, and holds
 * no other such line, which quoted-printable can write in another way.
 */
export function formatMbox(messages: readonly Message[], day: Day): string {
  const [weekday, date, month, year] = new Date(day).toUTCString().replace(',', '').split(' ')
  const asctime = `${weekday} ${month} ${date?.replace(/^0/, ' ')} 00:00:00 ${year}`
  return messages
    .map(({ source }) => {
      const body = source.replace(/^From /gm, '=46rom ').replace(/\n*$/, '\n')
      return `From tlspolicy ${asctime}\n${body}\n`
    })
    .join('')
}
