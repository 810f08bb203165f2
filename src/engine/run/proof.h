/* proof.h: do the bytes that we hold still stand in the server's file?
 *
 * Where no strong validator says so, the last 64 KiB of each range that we hold
 * are fetched again and compared; with a new strong ETag eight random blocks too.
 * Workers only.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run/lane.h"

G_BEGIN_DECLS

#define ENGINE_PROOF_BLOCK 65536
#define ENGINE_PROOF_SAMPLES 8

typedef enum
{
  ENGINE_PROOF_EQUAL,
  ENGINE_PROOF_DIFFERENT,
  ENGINE_PROOF_FAILED, /* it could not be found out */
} EngineProof;

/**
 * engine_proof_run:
 * @theirs: the validator of the reply that asks for the proof; each block's must agree with it
 * @sampled: compare random blocks too
 */
EngineProof engine_proof_run (EngineLane *lane,
                              const EngineValidator *theirs,
                              gboolean sampled,
                              GError **error);

/**
 * engine_proof_run_first:
 * @theirs: (out): what the address said of its file
 *
 * The same of an address that nobody has asked yet, sampled: its first reply is held against the
 * file's length.
 */
EngineProof engine_proof_run_first (EngineLane *lane, EngineValidator *theirs, GError **error);

/**
 * engine_proof_run_pieces:
 *
 * Fetches the last block of each piece again that a request of this run brought. Where the server
 * names no versions, nothing else shows that all pieces are of one. Alone, all bytes there.
 */
EngineProof engine_proof_run_pieces (EngineLane *lane, GError **error);

G_END_DECLS
