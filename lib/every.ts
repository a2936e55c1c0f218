/**
 * A list of all members of a union, checked by the compiler: a missing or foreign member is a type error.
 * Two calls, since TypeScript infers either all type arguments or none.
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
