/**
 * Seeds that have failed once, and the law they broke. They run first in every test. What they met is
 * also told by a test of the engine, since a seed tells another story once the simulation changes.
 */
export const pastFailures: readonly number[] = [
  // A value put back to what it was, after its record was deleted elsewhere: not shown any more.
  2914,
  // An edit made while an earlier one was being confirmed: asked about one's own value.
  3869,
  // A lost create shown beside its own record: that was deleted, and the create sent again.
  59038600,
  // Undo of an undo leaves a list open.
  59036081,
  // A restart between the name of a new record and the base of what was typed behind it.
  5003862,
  // A switch put back by another to what we had written: nobody can tell.
  5008256, 5018304, 5019995,
  // Of two reads at a time the older was told last.
  5014957,
  // An edit typed on a new record while that was being confirmed.
  5023026,
  // A restart between the name of a new record and the end of its create: its first values came back.
  5010988,
  // Put back to the value that an edit in flight is just replacing: no edit, it was thought.
  5029800,
  // After a late write the person chose a list without what another had added, and it was told as lost.
  7027887,
  7027895, 7058287,
  // Undo of what had been typed back left what an attempt had changed.
  7053482,
  // One record known by two names, of which the delete of one was taken back.
  7112058,
  // A pause begun behind its own edit in flight was taken for ended by that.
  7301766, 7309487, 7311958,
  // The answer to an edit of another section let an old copy end a pause.
  7306834,
  // Failed before these two were mended, or beside them.
  5028368, 5029466, 5045054, 5047022, 5047033, 5047096, 5047097, 5052534,
  // A doubt that a restart had put in another's place came back at the next one.
  228638968, 228638970,
  // Send now sent a create again that was held back because of one like it.
  7311970,
  // A record of ours deleted as another's, before it was known as ours.
  7300960,
  // A doubt of a restart was not stored when the edit it was told from was edited again.
  56547980,
  // An entry of a set that an unanswered attempt of ours had added, and another device kept.
  400025356,
  // A create held back that something else refers to.
  400000414, 400003006, 400032694,
  // Turned off elsewhere while the same write of ours was given up: nobody can tell whose it is.
  137206975,
  // A confirmed edit that the journal refused was gone from the copy too.
  137208386,
  // Two writes given up with the same value: the second asked about the newer value on both sides.
  52285359,
  // A late write over one's own value, which had been taken back: nothing to tell.
  925231,
  // Two equal new records of which the platform drops what tells them apart, and each takes the other's.
  1037296,
  1061014,
  // A step cut off between the note that a late write was asked about and the question itself.
  3024351, 3072287, 3096022,
  // A copy knew more than the journal would keep, and nothing told after a crash that it was newer.
  3108383,
  // A form that the platform had clearly refused was still taken for what it may have written.
  3080045, 3145138,
  // A pause begun while another edit of its switch was being taken back.
  123733214, 3074851,
  // A list another has made what a write of ours without an answer wanted: nobody can tell.
  3083475, 3116271, 5254887,
  // Of two writes without an answer the later one's value was not taken for newer than the earlier.
  5151534,
  // What an unanswered attempt had removed from a set, and is wanted again.
  5245181,
  // Off, on and off again elsewhere during a pause whose word was not sent: taken for our own off.
  6163447,
  // A copy held back while the journal refused was not written once it had kept everything.
  6019850, 6045883,
  // Laws that saw a loss in what the person had said, given up, deleted or not yet seen themselves.
  6065530, 6112743, 6169905, 6170840, 6254207, 7416206,
  // Laws that knew one swap of records equal by their key fields, and not a chain of them; nor that a
  // choice after a late write is one against what that has put there; nor two names of one record.
  200638198,
  200621623, 200909848,
  // A late write that took an entry out of a list, from which another went on before anybody read it.
  400102103,
  400872996,
  // What another had written, brought back by a write of ours after a late one: that is no loss.
  400395543,
  // An edit that had joined another in the moment in which that was taken back.
  400803636,
  // A pause during which an earlier write of ours came late: off, as by another.
  400826415,
  // A pause that a crash came upon: what was wanted of the switch before it held no more.
  200155553,
  // A choice about the other switch ended the pause, and nothing turned this one on again.
  400657232,
  // What an attempt had taken out of a list was forgotten to be our own doing while the edit still waited.
  400956819,
  // A switch another has turned off, as an unanswered write of ours wanted: nobody can tell.
  7271687, 31016100,
  // A late write over what an edit had settled, which was then taken back.
  7449056, 8027896, 310031439,
  // What was chosen after a late write was merged as if that had been another's.
  200033551, 200075028,
]
