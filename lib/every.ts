/**
 * A list that has every member of a union, checked by the compiler: one that is left out, or that is none,
 * is an error where the list stands. Called twice, since TypeScript infers either all type arguments or none.
 *
 * @example const ROLES = every<Role>()(["support", "admin"]);
 */
export function every<Member extends string>() {
  return <const List extends readonly Member[]>(
    list: List &
      ([Exclude<Member, List[number]>] extends [never]
        ? unknown
        : { missing: Exclude<Member, List[number]> }),
  ): List => list;
}
