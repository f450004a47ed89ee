#include "samples.hpp"

namespace youtube_test {

Sample activity() {
  return {"watch-history.json", R"json([{
  "header": "YouTube",
  "title": "Watched Harbour at night 😀",
  "titleUrl": "https://www.youtube.com/watch?v\u003dabc",
  "subtitles": [{"name": "Port Watch", "url": "https://www.youtube.com/channel/UC1"}],
  "time": "2025-01-23T15:40:16.600Z",
  "products": ["YouTube"]
},{
  "header": "YouTube",
  "title": "Watched a video that has been removed",
  "time": "2025-01-22T08:00:00Z"
}])json"};
}

Sample activity_page() {
  return {"MyActivity.html",
          "<html><head><style>.x{}</style></head><body><div class=\"mdl-grid\">"
          "<div class=\"outer-cell mdl-cell\"><div class=\"mdl-grid\"><div class=\"header-cell\">"
          "<p class=\"mdl-typography--title\">YouTube<br></p></div>"
          "<div class=\"content-cell mdl-cell\">Watched\xC2\xA0<a "
          "href=\"https://www.youtube.com/watch?v=abc&amp;t=1\">"
          "Harbour &amp; night</a><br><a href=\"https://www.youtube.com/channel/UC1\">Port "
          "Watch</a><br>"
          "Jan 15, 2021, 6:54:12\xE2\x80\xAFPM BST<br></div>"
          "<div class=\"content-cell mdl-typography--text-right\"></div>"
          "<div class=\"content-cell "
          "mdl-typography--caption\"><b>Products:</b><br>&emsp;YouTube<br></div></div></div>"
          "<div class=\"outer-cell\"><div class=\"content-cell\">Gesehen<br>15. Januar, "
          "abends</div></div>"
          "</div></body></html>"};
}

Sample comments_table() {
  return {"comments.csv",
          "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video "
          "ID,Comment Text,Top-Level Comment ID\n"
          "Ugx1,UC9,2023-04-02T10:11:12.345678+00:00,0,,,abc,\"{\"\"takeoutSegments\"\":[{"
          "\"\"text\"\":\"\"Boat at \"\"},"
          "{\"\"text\"\":\"\"22:00\"\",\"\"link\"\":{\"\"linkUrl\"\":\"\"u\"\"}}]}\",\n"
          "Ugx2,UC9,2023-04-03T10:11:12Z,0,Ugx1,,abc,\"{\"\"text\"\":\"\"a\"\"},{\"\"text\"\":"
          "\"\"b\"\"}\",\n"};
}

Sample video_info() {
  return {"Night [abc].info.json", R"json({"id": "abc", "title": "Night \u2764", "formats": [{"url": "https://x/y"}],
"thumbnails": [], "description": "Line one\nLine two", "channel_id": "UC1", "channel": "Port Watch", "uploader_id": "@portwatch",
"comments": [{"id": "Ug1", "parent": "root", "text": "They come on Fridays", "author": "@rosa", "author_id": "UC2", "_time_text": "2 years ago (edited)", "timestamp": 1652745600, "like_count": 3, "is_pinned": false},
{"id": "Ug1.r", "parent": "Ug1", "text": "Yes", "author": "@ivan", "author_id": "UC3", "timestamp": 1652745601}],
"webpage_url": "https://www.youtube.com/watch?v=abc", "upload_date": "20220516", "extractor": "youtube", "epoch": 1715923815, "tags": ["boat", null], "automatic_captions": {}})json"};
}

Sample live_chat() {
  return {
      "Night [abc].live_chat.json",
      R"json({"clickTrackingParams": "x", "replayChatItemAction": {"actions": [{"addChatItemAction": {"item": {"liveChatTextMessageRenderer": {"message": {"runs": [{"text": "Pier "}, {"emoji": {"emojiId": "⚓", "shortcuts": [":anchor:"]}}]}, "authorName": {"simpleText": "Rosa"}, "id": "Cg1", "timestampUsec": "1608127142394232", "authorExternalChannelId": "UC2"}}, "clientId": "q"}}], "videoOffsetTimeMsec": "1500"}}
{"replayChatItemAction": {"actions": [{"markChatItemAsDeletedAction": {"deletedStateMessage": {"runs": [{"text": "[message deleted]"}]}, "targetItemId": "Cg1"}}, {"addChatItemAction": {"item": {"liveChatPaidMessageRenderer": {"id": "Cg2", "timestampUsec": "1608127143000000", "authorName": {"simpleText": "Ivan"}, "purchaseAmountText": {"simpleText": "$5.00"}, "authorExternalChannelId": "UC3", "message": {"runs": [{"text": "thanks"}]}}}}}], "videoOffsetTimeMsec": "2500"}}
{"showLiveChatActionPanelAction": {"panelToShow": {"liveChatActionPanelRenderer": {"contents": {"pollRenderer": {"choices": [{"text": {"runs": [{"text": "Blue"}]}}, {"text": {"simpleText": "Red"}}], "header": {"pollHeaderRenderer": {"pollQuestion": {"simpleText": "Which?"}}}}}}}}}
)json"};
}

std::vector<Sample> samples() {
  return {activity(), activity_page(), comments_table(), video_info(), live_chat()};
}

}  // namespace youtube_test
