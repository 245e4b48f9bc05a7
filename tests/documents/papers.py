"""Small papers of our own, in the layouts that stored filings have."""

PAGED = """
<PAGE>

                        SHARE SALE AGREEMENT

     This agreement is made between ORCHARD MILLS, INC., an Ohio corporation (the
"SELLER"), and the buyer named below.

                                RECITALS

     A.   The Seller owns a mill.

     B.   The buyer wants (i) the mill and (ii) its water.

     NOW, THEREFORE, the parties agree:

                                ARTICLE I

                            THE SALE OF THE MILL

     1.1  PRICE.  The price is $1,250.00, paid within five (5) days or, under
clause (ii) of Recital B, within ten


                                   1.
<PAGE>

(10) days of the sale.

          (a)  FIRST HALF.  Half is paid on signing;

          (b)  the other half is paid (x) at the mill or (y) at the bank, whichever
opens first.

     1.2  WATER.  The water is sold too.


                                   2.
<PAGE>

                                ARTICLE II

                               MISCELLANEOUS

     2.1  NOTICES.  A notice is given in writing.

          (h)  By hand.

          (i)  By post.

                                  * * *


                                   3.
<PAGE>

     IN WITNESS WHEREOF, the parties have signed.

By: ____________________


                                   4.
<PAGE>

                                                                   EXHIBIT A

                              FORM OF RECEIPT

     1. SUM.  Received the sum of ________.

<PAGE>

                    TERMS OF THE SECOND ORCHARD SHARES

                          I.   NAME

     The shares are called second shares.

                          II.   RIGHTS

     A.   VOTES.  Each share has one vote.

          (i)    MEETINGS.  It counts at meetings.

          (ii)   WRITING.  It counts in writing if (A) signed and (B) dated.

     H.   SALE.  A holder may sell.

     I.   GIFTS.  A holder may give.


                                   1.
<PAGE>

     J.   NO MORE.  Nothing else is granted, because the holder of


                                   2.
<PAGE>

shares asked for nothing.

                          III.   END

     These terms end here.

                                   3.
"""

HANGING = """EXHIBIT 10.7

                                 SHARE OPTION

     This option is granted to the holder.

1.   SHARES. The holder may buy 40 shares, that is (i) ten now, (ii) (A) ten
     in spring or (B) ten in summer, and (iii) the rest later. Either of (A) and
     (B) is enough.

2.   HOW. The holder writes to the company.

     (b)  The company answers within three (3) days:

          (i)  "ANSWER" means yes or no.

          (ii) "DAY" means any day.

     (c)  Silence is no answer.

3.   EVENTS. If at any time

     (a)  the company is sold; or

     (b)  the company is closed,

THEN THE COMPANY SHALL TELL THE HOLDER.

4.   LAW. The law of Ohio applies.
"""
