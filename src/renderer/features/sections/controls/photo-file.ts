/** The platform takes at most this much; more pixels than these it throws away itself. */
const maxBytes = 1_048_576
const maxSidePx = 500
const qualities = [0.92, 0.85, 0.75, 0.6] as const

export type PreparedPhoto =
  { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: 'unreadable' | 'too-large' }

/**
 * The middle square of a picture as a small JPEG. Drawing it anew leaves behind what the file knew
 * besides: place, time, camera.
 */
export async function preparePhoto(file: File): Promise<PreparedPhoto> {
  const picture = await decoded(file)
  if (!picture) return { problem: 'unreadable' }
  const side = Math.min(picture.width, picture.height)
  const target = Math.min(side, maxSidePx)
  const canvas = new OffscreenCanvas(target, target)
  const context = canvas.getContext('2d')
  if (!context) return { problem: 'unreadable' }
  // JPEG has no transparency: it would turn black.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, target, target)
  const left = (picture.width - side) / 2
  const top = (picture.height - side) / 2
  context.drawImage(picture, left, top, side, side, 0, 0, target, target)
  picture.close()
  return encoded(canvas)
}

async function decoded(file: File): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    // Not a picture, or one this engine cannot draw: the person is told so.
    return undefined
  }
}

async function encoded(canvas: OffscreenCanvas): Promise<PreparedPhoto> {
  for (const quality of qualities) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality })
    if (blob.size <= maxBytes) return { bytes: new Uint8Array(await blob.arrayBuffer()) }
  }
  return { problem: 'too-large' }
}
