import type { Destination } from '../../language/destination.ts'
import type { Override } from '../../language/override.ts'
import { applyEdits } from './fields.ts'
import { dropDestination } from './remove.ts'
import { ifMeant } from './same.ts'

/**
 * The text of an override without some of its destinations, of which at least one stays; undefined
 * where it cannot be edited without touching more.
 */
export function retireDestinations(
  text: string,
  override: Override,
  retired: readonly Destination[],
): string | undefined {
  const meant = {
    ...override,
    destinations: override.destinations.filter(destination => !retired.includes(destination)),
  }
  const edits = retired.map(destination => dropDestination(destination.text))
  const edited = applyEdits(text, edits)
  return edited === undefined ? undefined : ifMeant(text, edited, meant)
}
