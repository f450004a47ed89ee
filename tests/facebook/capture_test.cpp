// Saved pages and provider returns.
#include "export.hpp"

using namespace facebook_test;

namespace {

TEST(FacebookCapture, OfElements) {
  const Read read(R"(<html id="facebook"><head><title>Boats | Facebook</title>
<meta property="al:android:url" content="fb://page/1234567890?referrer=app_link">
<link rel="canonical" href="https://www.facebook.com/boats/"></head><body>
<div class="userContentWrapper"><span class="fwb"><a>Boats &amp; more</a></span>
<a href="https://www.facebook.com/boats/posts/77"><abbr data-utime="1600000000">x</abbr></a>
<div class="userContent"><p>Leaving <b>soon</b></p></div><img src="Boats_files/a.jpg">
<div class="UFIComment"><span class="UFICommentActorName">Ann</span>
<span class="UFICommentBody">how much?</span><abbr data-utime="1600000100"></abbr></div></div></body></html>)",
                  "Boats.html");
  EXPECT_EQ(read.score, 80);
  EXPECT_EQ(
      read.line("conversation"),
      "conversation 1 platform=facebook type=page title=Boats | Facebook source_id=1234567890 "
      "account=1234567890 extra=address=https://www.facebook.com/boats/");
  EXPECT_EQ(read.line("message", 0),
            "message 1 conversation=1 sender=1 sent=1600000000000 type=text code=post "
            "text=Leaving soon url=https://www.facebook.com/boats/posts/77");
  EXPECT_EQ(read.line("attachment"), "attachment 0 message=1 type=image path=Boats_files/a.jpg");
  EXPECT_EQ(read.line("message", 1),
            "message 2 conversation=1 sender=2 sent=1600000100000 type=text code=comment "
            "text=how much?");
}

TEST(FacebookCapture, OfScripts) {
  const Read read(R"(<!DOCTYPE html><!-- saved from url=(0030)https://www.facebook.com/boats -->
<html id="facebook"><head><title>Boats</title></head><body>
<script type="application/json">{"require":[["ScheduledServerJS","handle",null,[{"__bbox":{"result":{"data":{
 "pageID":"42","node":{"__typename":"Story","post_id":"900","actors":[{"__typename":"User","id":"42","name":"Boats \u00e9"}],
 "comet_sections":{"content":{"story":{"post_id":"900","message":{"text":"Leaving <b>soon<\/b>"}}},
  "metadata":[{"story":{"creation_time":1600000000,"url":"https:\/\/www.facebook.com\/boats\/posts\/900"}}]},
 "attachments":[{"media":{"photo_image":{"uri":"https:\/\/scontent.example\/p.jpg"}}}],
 "feedback":{"comments":[{"__typename":"Comment","legacy_fbid":"901","author":{"id":"7","name":"Ann"},
   "body":{"text":"how much?"},"created_time":1600000100}]},
 "attached_story":{"post_id":"800","message":{"text":"older"},"creation_time":1500000000}}}}}]]]}</script>
<script>var a=1; handle({require:[{"post_id":"901x","message":{"text":"inline"},"creation_time":1600000200}]});</script>
<script>{"history_items":[{"item_type":"NAME_CHANGE","name":"Old Boats","event_time":1400000000}]}</script>
</body></html>)",
                  "page.html");
  EXPECT_EQ(read.score, 80);
  EXPECT_EQ(read.line("conversation"),
            "conversation 1 platform=facebook type=page title=Boats source_id=42 account=42 "
            "extra=captured-from=https://www.facebook.com/boats");
  EXPECT_EQ(read.line("message", 0),
            "message 1 conversation=1 sender=1 sent=1600000000000 type=text code=post "
            "text=Leaving <b>soon</b> source_id=900 url=https://www.facebook.com/boats/posts/900 "
            "extra=author-id=42");
  EXPECT_EQ(read.line("attachment"),
            "attachment 0 message=1 type=image url=https://scontent.example/p.jpg");
  EXPECT_EQ(read.line("message", 1),
            "message 2 conversation=1 sender=2 sent=1600000100000 type=text code=comment "
            "text=how much? source_id=901 reply_to=900 extra=author-id=7");
  EXPECT_EQ(
      read.line("message", 2),
      "message 3 conversation=1 sent=1500000000000 type=text code=post text=older source_id=800");
  EXPECT_EQ(read.line("message", 3),
            "message 4 conversation=1 sent=1600000200000 type=text code=post text=inline "
            "source_id=901x");
  EXPECT_EQ(read.line("identity"),
            "identity 0 platform=facebook action=NAME_CHANGE name=Old Boats account=42 "
            "sent=1400000000000");
}

TEST(FacebookCapture, RealFragment) {
  const auto folder = forensics::test::fixtures();
  if (!folder) GTEST_SKIP() << "fixtures are absent";
  const Read read(
      forensics::test::slurp(*folder / "facebook/page_capture/v1_post-extraction-test.html"),
      "x.html");
  EXPECT_EQ(read.score, 80);
  EXPECT_EQ(read.line("message"),
            "message 1 conversation=1 type=text code=post text=Some content "
            "url=/permalink.php?story_fbid=0");
}

TEST(MetaReturn, LabelsAndValues) {
  const Read read(
      R"(<html><body><div class="div_table outer"><div class="div_table inner">Service<div>Facebook</div></div>
<div class="div_table inner">Unified Messages<div><div class="div_table inner">Thread<div>(555)</div></div>
<div class="div_table inner">Current Participants<div>Ann (Facebook: 7)</div></div>
<div class="div_table inner">Author<div>Ann (Facebook: 7)</div></div>
<div class="div_table inner">Sent<div>2020-09-13 12:26:40 UTC</div></div>
<div class="div_table inner">Body<div>Author</div></div>
<div class="div_table inner">Author<div>Bo (Facebook: 8)</div></div>
<div class="div_table inner">Sent<div>2020-09-13 12:26:41 UTC</div></div>
<div class="div_table inner">Body<div>a | b<br>c</div></div>
<div class="div_table inner">Linked Media File:<div>linked_media/x.jpg</div></div></div></div></div></body></html>)",
      "records.html");
  EXPECT_EQ(read.score, 90);
  EXPECT_EQ(read.line("conversation", 1),
            "conversation 2 platform=facebook type=thread source_id=(555)");
  EXPECT_EQ(read.line("message", 2),
            "message 3 conversation=2 sender=1 sent=1600000000000 text=Author type=text "
            "extra=Sent=2020-09-13 12:26:40 UTC");
  EXPECT_EQ(read.line("message", 3),
            "message 4 conversation=2 sender=2 sent=1600000001000 text=a | b\nc type=text "
            "extra=Sent=2020-09-13 12:26:41 UTC extra=Linked Media File:=linked_media/x.jpg");
  EXPECT_EQ(read.line("attachment"), "attachment 0 message=4 path=linked_media/x.jpg");
}

}  // namespace
