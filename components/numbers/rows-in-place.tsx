"use client";

import { type ReactNode, useState } from "react";
import { keepOrder } from "./keep-order.ts";

/**
 * Rows that stay where they are when a refresh would sort them anew: nothing moves under a pointer. With
 * another `key`, as after sorting or searching, they begin in the order given.
 */
export function RowsInPlace({ ids, rows }: { ids: readonly string[]; rows: readonly ReactNode[] }) {
  const [shown, setShown] = useState(ids);
  const order = keepOrder(shown, ids);
  if (`${order}` !== `${shown}`) setShown(order);
  return order.map((id) => rows[ids.indexOf(id)]);
}
