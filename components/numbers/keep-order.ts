/** The ids in the order in which they are shown already; new ones where `ids` has them. */
export function keepOrder(shown: readonly string[], ids: readonly string[]): string[] {
  const order = shown.filter((id) => ids.includes(id));
  for (const id of ids) if (!order.includes(id)) order.splice(ids.indexOf(id), 0, id);
  return order;
}
