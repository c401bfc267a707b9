/**
 * The colours, in light and dark; each pair of a text and what it stands on has a contrast of at least
 * 4.5 to 1 (WCAG 2.2, 1.4.3). A printed page is light.
 */
export const colours = `
:root {
  color-scheme: light;
  --page: #fafaf8; --card: #ffffff; --text: #1d2125; --muted: #5b636c; --rule: #e3e4e1; --line: #8b929a;
  --link: #1f5591; --focus: #2f7ad0;
  --red: #b0241c; --red-tint: #fceceb; --amber: #845200; --amber-tint: #fcf1dc;
  --green: #22664a; --green-tint: #e6f3ec; --purple: #7a3596; --purple-tint: #f6ebfa;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: #14171a; --card: #1b1f24; --text: #e6e8ea; --muted: #a3abb4; --rule: #2c3238; --line: #6d7680;
    --link: #8fbdf0; --focus: #6fb0ff;
    --red: #ff978c; --red-tint: #3b1d1b; --amber: #efbd5e; --amber-tint: #362911;
    --green: #86cfa8; --green-tint: #17301f; --purple: #dba4f0; --purple-tint: #331d3c;
  }
}
.overdue, .beyond, .beyondGrace { --accent: var(--red); --tint: var(--red-tint) }
.due { --accent: var(--amber); --tint: var(--amber-tint) }
.current { --accent: var(--green); --tint: var(--green-tint) }
.emergency { --accent: var(--purple); --tint: var(--purple-tint) }
.inactive { --accent: var(--muted); --tint: var(--rule) }
`
