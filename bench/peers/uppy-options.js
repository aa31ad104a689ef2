const { companion, token } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

/** The user is signed in at Companion already: its token is at hand. */
export const options = {
  companionUrl: companion,
  storage: { getItem: async () => token, setItem: async () => {}, removeItem: async () => {} },
};
