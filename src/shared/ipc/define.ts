import type * as v from 'valibot'
import type { Result } from '../errors'

/** Any schema that parses what crosses the border. */
export type InputSchema = v.GenericSchema

/** Question and answer. The output type is carried by a field that never exists at run time. */
export interface Invoke<Input extends InputSchema, Output> {
  readonly kind: 'invoke'
  readonly input: Input
  readonly output?: Output
}

/** As `Invoke`, with files dropped or chosen in the page; main receives `IncomingFile`s. */
export interface InvokeWithFiles<Input extends InputSchema, Output> {
  readonly kind: 'invoke-with-files'
  readonly input: Input
  readonly output?: Output
}

/** Main tells the page. Each event carries the whole new value of its slice. */
export interface MainEvent<Payload> {
  readonly kind: 'event'
  readonly payload?: Payload
}

export type Endpoint =
  Invoke<InputSchema, unknown> | InvokeWithFiles<InputSchema, unknown> | MainEvent<unknown>

export type Contract = Readonly<Record<string, Readonly<Record<string, Endpoint>>>>

export const invoke =
  <Output>() =>
  <Input extends InputSchema>(input: Input): Invoke<Input, Output> => ({ kind: 'invoke', input })

export const invokeWithFiles =
  <Output>() =>
  <Input extends InputSchema>(input: Input): InvokeWithFiles<Input, Output> => ({
    kind: 'invoke-with-files',
    input,
  })

export const event = <Payload>(): MainEvent<Payload> => ({ kind: 'event' })

/** A file as preload hands it over: a path where the system gives one, else the bytes. */
export type IncomingFile =
  { readonly path: string } | { readonly name: string; readonly bytes: Uint8Array }

type Output<E> = E extends { readonly output?: infer O } ? Exclude<O, undefined> : never
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- stands for the return type of a handler
type OutputOf<E> = [Output<E>] extends [never] ? void : Output<E>

/** Main's side: one function for each endpoint that asks something. */
export type Handlers<C extends Contract> = {
  readonly [G in keyof C]: {
    readonly [
      E in keyof C[G] as C[G][E] extends MainEvent<unknown>
        ? C[G][E]['kind'] extends 'event'
          ? never
          : E
        : E
    ]: C[G][E] extends Invoke<infer I, unknown>
      ? (input: v.InferOutput<I>) => Promise<Result<OutputOf<C[G][E]>>>
      : C[G][E] extends InvokeWithFiles<infer I, unknown>
        ? (
            input: v.InferOutput<I>,
            files: readonly IncomingFile[],
          ) => Promise<Result<OutputOf<C[G][E]>>>
        : never
  }
}

/** The page's side. `File` is a type parameter because this room knows no DOM. */
export type Client<C extends Contract, PageFile> = {
  readonly [G in keyof C]: {
    readonly [E in keyof C[G]]: C[G][E] extends Invoke<infer I, unknown>
      ? (input: v.InferInput<I>) => Promise<Result<OutputOf<C[G][E]>>>
      : C[G][E] extends InvokeWithFiles<infer I, unknown>
        ? (input: v.InferInput<I>, files: readonly PageFile[]) => Promise<Result<OutputOf<C[G][E]>>>
        : C[G][E] extends MainEvent<infer P>
          ? (listener: (payload: P) => void) => () => void
          : never
  }
}

/** What main may tell the page: group and event name, with its payload. */
export type Publish<C extends Contract> = <
  G extends keyof C & string,
  E extends EventNames<C[G]> & string,
>(
  group: G,
  name: E,
  payload: C[G][E] extends MainEvent<infer P> ? P : never,
) => void

type EventNames<Group> = {
  [E in keyof Group]: Group[E] extends { readonly kind: 'event' } ? E : never
}[keyof Group]

/** The channel's name on the wire. */
export const channelOf = (group: string, endpoint: string): string => `${group}.${endpoint}`
