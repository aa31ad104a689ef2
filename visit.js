// The words of the page for whoever visits its address by hand, in their language.
const words = {
  ar: ["منتقي OneDrive", "هذا العنوان خاص بمنتقي OneDrive. تفتحه الصفحات بنفسها، ولا حاجة لفعل أي شيء هنا.", "لاستيراد الملفات، انتقل إلى موقع الوسائط واختر «إنشاء» ثم OneDrive."],
  de: ["OneDrive-Auswahl", "Diese Adresse gehört zur OneDrive-Auswahl. Seiten öffnen sie von selbst; hier ist nichts zu tun.", "Um Dateien zu importieren, wählen Sie auf Ihrer Medienseite „Erstellen“ und dann „OneDrive“."],
  en: ["OneDrive picker", "This address belongs to the OneDrive picker. Pages open it by themselves; there is nothing to do here.", "To import files, go to your media site and choose Create, then OneDrive."],
  es: ["Selector de OneDrive", "Esta dirección pertenece al selector de OneDrive. Las páginas lo abren solas; aquí no hay nada que hacer.", "Para importar archivos, vaya a su sitio multimedia y elija Crear y después OneDrive."],
  fr: ["Sélecteur OneDrive", "Cette adresse appartient au sélecteur OneDrive. Les pages l’ouvrent d’elles-mêmes ; il n’y a rien à faire ici.", "Pour importer des fichiers, allez sur votre site de médias et choisissez Créer, puis OneDrive."],
  he: ["בורר הקבצים של OneDrive", "הכתובת הזו שייכת לבורר הקבצים של OneDrive. דפים פותחים אותה בעצמם, ואין מה לעשות כאן.", "כדי לייבא קבצים, עברו לאתר המדיה ובחרו יצירה ואחר כך OneDrive."],
  ja: ["OneDrive ピッカー", "このアドレスは OneDrive ピッカーのものです。ページが自動的に開くため、ここで行う操作はありません。", "ファイルを取り込むには、メディアサイトで［作成］、［OneDrive］の順に選びます。"],
  pt: ["Seletor do OneDrive", "Este endereço pertence ao seletor do OneDrive. As páginas o abrem sozinhas; não há nada a fazer aqui.", "Para importar arquivos, acesse seu site de mídia e escolha Criar e depois OneDrive."],
  ru: ["Выбор файлов OneDrive", "Этот адрес принадлежит окну выбора файлов OneDrive. Страницы открывают его сами, здесь ничего делать не нужно.", "Чтобы импортировать файлы, откройте свой медиасайт и выберите «Создать», затем OneDrive."],
  zh: ["OneDrive 选取器", "此地址属于 OneDrive 选取器。网页会自行打开它，无需在此操作。", "要导入文件，请前往您的媒体网站，选择“创建”，然后选择 OneDrive。"],
};

/**
 * Fills the page with the words of one language.
 * @param {HTMLElement} page where they go
 * @param {string} language two letters; anything unknown is English
 */
export function visit(page, language) {
  const known = language in words ? language : "en";
  const root = document.documentElement;
  root.lang = known;
  root.dir = known === "ar" || known === "he" ? "rtl" : "ltr";
  const [title, what, how] = words[known];
  const stage = document.createElement("main");
  stage.className = "stage";
  const card = document.createElement("section");
  card.className = "card visit";
  for (const [tag, text] of [["h1", title], ["p", what], ["p", how]]) {
    card.append(Object.assign(document.createElement(tag), { textContent: text }));
  }
  stage.append(card);
  page.replaceChildren(stage);
  document.title = title;
}
