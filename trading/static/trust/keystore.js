// What this browser keeps 浏览器保管库: keys under their person's id, sealed envelopes under their lot and part.
const NAME = "wutong";
const STORES = { keys: "person", sealed: "place" };

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(STORES)) request.result.createObjectStore(store, { keyPath });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function asked(store, mode, work) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** What is kept of a kind ("keys", "sealed") under a name, or undefined. */
export function kept(store, name) {
  return asked(store, "readonly", (open) => open.get(name));
}

/** Keep something; what was under its name before is gone from this browser. */
export function keep(store, thing) {
  return asked(store, "readwrite", (open) => open.put(thing));
}

/** Remove something from this browser. */
export function forget(store, name) {
  return asked(store, "readwrite", (open) => open.delete(name));
}
