export {
  type AccountFailure,
  type AccountRecord,
  allRights,
  type Contact,
  type NewAccount,
} from './account.ts';
export { type Accounts, type CreatedAccount, createAccounts } from './service.ts';
