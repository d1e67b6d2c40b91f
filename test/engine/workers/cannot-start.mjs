// A worker that fails before it is ready.
throw new Error('no room for a thread');
