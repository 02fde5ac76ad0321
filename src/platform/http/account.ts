/** What an account may do. No right implies another. */
export type Right = 'registry' | 'statistics' | 'admin' | 'deposit' | 'operator';

/** The account a request is made with, as far as HTTP needs to know it. */
export interface Account {
  /** Database identity, as text. */
  id: string;
  name: string;
  access: Record<Right, boolean>;
}
