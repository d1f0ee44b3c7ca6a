/** What is filled in for a placeholder. Braces that name none are left as they are: many languages have their own. */
export type Places = Readonly<Partial<Record<PlaceName, string>>>;

export type PlaceName = "interpreter" | "file" | "folder" | "name" | "program" | "main" | "source" | "again";

export function fill(template: string, places: Places): string {
  return template.replace(/\{([a-z]+)\}/g, (whole, name: string) => places[name as PlaceName] ?? whole);
}
