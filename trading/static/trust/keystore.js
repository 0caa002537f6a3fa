// Keys in this browser 浏览器密钥库: a person's keys under his id; their private halves can be used and not read out.
const NAME = "wutong-keys";
const STORE = "keys";

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "person" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function asked(mode, work) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** What is kept for a person: {person, role, public, private, recipient, opening}, or undefined. */
export function kept(person) {
  return asked("readonly", (store) => store.get(person));
}

/** Keep a person's keys; those before them are gone from this browser. */
export function keep(keys) {
  return asked("readwrite", (store) => store.put(keys));
}

/** Remove a person's keys from this browser. */
export function forget(person) {
  return asked("readwrite", (store) => store.delete(person));
}
