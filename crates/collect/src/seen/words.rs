//! Words and code by which a wall is known. Matched after folding: both Han
//! scripts, any case, without accents.

/// Parts of an address that name a login.
pub(super) const LOGIN: [&str; 14] = [
    "login",
    "log-in",
    "signin",
    "sign-in",
    "passport",
    "checkpoint",
    "sso",
    "aanmelden",
    "inloggen",
    "iniciar-sesion",
    "acceso",
    "accountchooser",
    "authwall",
    "denglu",
];

/// What a page says that wants a login.
pub(super) const LOGIN_WORDS: [&str; 13] = [
    "log in to continue",
    "sign in to continue",
    "log in or sign up to",
    "you must be logged in",
    "you must log in",
    "please log in to",
    "请先登录",
    "登录后查看",
    "登录后可见",
    "请登录后",
    "log in om",
    "je moet ingelogd zijn",
    "inicia sesión para",
];

/// What a page says that asks for a person.
pub(super) const RIDDLES: [&str; 17] = [
    "verify you are human",
    "verify that you are human",
    "are you a robot",
    "i'm not a robot",
    "unusual traffic from",
    "just a moment...",
    "checking your browser before",
    "complete the security check",
    "enter the characters you see",
    "请完成安全验证",
    "请完成验证",
    "滑动验证",
    "拖动滑块",
    "输入验证码",
    "ik ben geen robot",
    "no soy un robot",
    "百度安全验证",
];

/// Code that sets a riddle; on a page of many words it may guard a form.
pub(super) const RIDDLE_CODE: [&str; 12] = [
    "/cdn-cgi/challenge-platform/",
    "cf-chl-",
    "cf_chl_",
    "g-recaptcha",
    "h-captcha",
    "captcha-delivery.com",
    "px-captcha",
    "initGeetest",
    "_Incapsula_Resource",
    "aws-waf-token",
    "TencentCaptcha",
    "wappass.baidu.com",
];

/// What a page says that does not answer to this country.
pub(super) const BLOCKED: [&str; 14] = [
    "not available in your country",
    "not available in your region",
    "unavailable in your country",
    "unavailable in your region",
    "unavailable in your location",
    "not available in your location",
    "from your country is blocked",
    "from a country belonging to the european economic area",
    "您所在的地区无法",
    "您所在地区无法",
    "您的地区无法",
    "niet beschikbaar in uw land",
    "niet beschikbaar in jouw land",
    "no está disponible en su país",
];

/// What a page says that is not there.
pub(super) const MISSING: [&str; 21] = [
    "page not found",
    "page cannot be found",
    "page can't be found",
    "page does not exist",
    "page doesn't exist",
    "page no longer exists",
    "404 not found",
    "error 404",
    "页面不存在",
    "页面未找到",
    "找不到页面",
    "找不到该页面",
    "您访问的页面",
    "网页不存在",
    "文章不存在",
    "内容已被删除",
    "pagina niet gevonden",
    "pagina bestaat niet",
    "página no encontrada",
    "página no existe",
    "no se encontró la página",
];

/// What a page says that needs scripts.
pub(super) const NEEDS_SCRIPT: [&str; 9] = [
    "enable javascript",
    "javascript is required",
    "requires javascript",
    "javascript is disabled",
    "启用javascript",
    "开启javascript",
    "javascript is uitgeschakeld",
    "schakel javascript in",
    "habilite javascript",
];

/// Places for content that a script fills, still empty.
pub(super) const EMPTY_ROOTS: [&str; 7] = [
    "<div id=\"root\"></div>",
    "<div id=\"app\"></div>",
    "<div id=app></div>",
    "<div id=root></div>",
    "<div id=\"__next\"></div>",
    "<div id=\"__nuxt\"></div>",
    "<app-root></app-root>",
];

/// Code with which a page of hardly any words leads elsewhere.
pub(super) const LEADING_SCRIPTS: [&str; 3] = ["location.href=", "location.href =", "location.replace("];
