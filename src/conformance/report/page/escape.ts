/**
 * Escapes text for a page: markup, and what no page may hold, each of which becomes a dot: control characters such as a
 * terminal's escapes, those that turn the direction of text, halves of characters, and what is none.
 */
export function escapeHtml(text: string): string {
  return text
    .replace(
      /[^\P{Cc}\t\n]|[\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cs}\p{NChar}]/gu,
      "\u00b7",
    )
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
